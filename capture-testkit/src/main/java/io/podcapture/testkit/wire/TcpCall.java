package io.podcapture.testkit.wire;

import java.util.List;

/** The two applications of a connection, which follow the script. */
final class TcpCall {
    private final TcpScript script;
    private final List<Round> rounds;
    private final Events events;
    private final TcpConnection client;
    private final TcpConnection server;
    private int asked;
    private int answered;
    private long toClient;
    private long toServer;

    private TcpCall(Parties parties, int port, TcpScript script) {
        this.script = script;
        this.rounds = script.rounds();
        this.events = parties.client().events();
        Host calling = parties.client();
        Host called = parties.server();
        Endpoint endpoint = calling.ports().ephemeral(own -> parties.endpoint(TcpSegment.PROTOCOL, own, port));
        Purpose purpose = script.purpose();
        boolean timestamps = script.timestamps();
        client = new TcpConnection(calling, endpoint, purpose, true, timestamps, new Client());
        calling.ports().bind(endpoint, client);
        Host answering = called != null ? called : calling;
        server = new TcpConnection(answering, endpoint.reversed(), purpose, false, timestamps, new Server());
        if (called != null && !script.refused()) {
            called.ports().bind(endpoint.reversed(), server);
        }
    }

    static void begin(Parties parties, int port, TcpScript script) {
        new TcpCall(parties, port, script).client.connect();
    }

    private final class Client implements TcpApplication {
        @Override
        public void established() {
            ask();
        }

        @Override
        public void drained() {
            if (asked > 0) {
                ask();
            }
        }

        @Override
        public void received(long octets) {
            toClient = octets;
            ask();
        }

        @Override
        public void finished() {
            if (script.end() == TcpEnd.SERVER_CLOSES) {
                client.finish();
            }
        }
    }

    private void ask() {
        while (asked <= rounds.size() && (asked == 0 || isDone(asked - 1))) {
            asked++;
            if (asked <= rounds.size()) {
                client.send(rounds.get(asked - 1).request());
            } else if (script.end() == TcpEnd.CLIENT_CLOSES) {
                client.finish();
            } else if (script.end() == TcpEnd.CLIENT_RESETS) {
                client.reset();
            }
        }
    }

    private boolean isDone(int round) {
        long awaited = rounds.stream()
                .limit(round + 1L)
                .mapToLong(each -> each.answer().remaining())
                .sum();
        return toClient >= awaited && (rounds.get(round).answer().hasRemaining() || client.isDrained());
    }

    private final class Server implements TcpApplication {
        @Override
        public void established() {
            if (rounds.isEmpty()) {
                end();
            }
            answer();
        }

        @Override
        public void received(long octets) {
            toServer = octets;
            answer();
        }

        @Override
        public void finished() {
            server.finish();
        }
    }

    private void answer() {
        while (answered < rounds.size() && toServer >= requested(answered)) {
            Round round = rounds.get(answered++);
            boolean last = answered == rounds.size();
            events.after(round.after(), () -> {
                server.send(round.answer());
                if (last) {
                    end();
                }
            });
        }
    }

    private long requested(int round) {
        return rounds.stream()
                .limit(round + 1L)
                .mapToLong(each -> each.request().remaining())
                .sum();
    }

    private void end() {
        if (script.end() == TcpEnd.SERVER_CLOSES) {
            server.finish();
        } else if (script.end() == TcpEnd.SERVER_RESETS) {
            server.reset();
        }
    }
}
