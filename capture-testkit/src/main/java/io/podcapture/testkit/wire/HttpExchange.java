package io.podcapture.testkit.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests of HTTP/1.1 and their answers, one after the other on one connection, which the client closes. What is said of an
 * answer is that of the request before; without, it is {@code 200 OK} with an empty body, at once.
 *
 * @since 0.1
 */
public final class HttpExchange extends Exchange<HttpExchange> {
    private final List<HttpMessages> requests = new ArrayList<>();

    HttpExchange() {}

    @Override
    HttpExchange self() {
        return this;
    }

    /**
     * Adds a request without a body.
     *
     * @param path with its query, beginning with a slash
     * @return this
     */
    public HttpExchange get(String path) {
        return request("GET", path, 0);
    }

    /**
     * Adds a request with a body of letters.
     *
     * @param path with its query, beginning with a slash
     * @param octets of the body, not negative
     * @return this
     */
    public HttpExchange post(String path, int octets) {
        return request("POST", path, Once.atLeast(0, "octets", octets));
    }

    private HttpExchange request(String method, String path, int octets) {
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new IllegalArgumentException("\"" + path + "\" is not a path of HTTP");
        }
        requests.add(new HttpMessages(method, path, octets));
        return this;
    }

    /**
     * Answers with another status.
     *
     * @param code 200 to 599
     * @return this
     */
    public HttpExchange status(int code) {
        last().status(Once.within(200, 599, "status", code));
        return this;
    }

    /**
     * Answers with a body of letters.
     *
     * @param octets not negative
     * @return this
     */
    public HttpExchange body(int octets) {
        last().body(Once.atLeast(0, "octets", octets));
        return this;
    }

    /**
     * Lets the server close the connection within the body of this answer, which must be the last.
     *
     * @param octets of the body that are sent, fewer than it says to have
     * @return this
     */
    public HttpExchange bodyCutAfter(int octets) {
        last().cutAfter(Once.atLeast(0, "octets", octets));
        return this;
    }

    /**
     * Lets the server think.
     *
     * @param time from the arrival of the request to its answer
     * @return this
     */
    public HttpExchange after(Duration time) {
        last().after(time);
        return this;
    }

    private HttpMessages last() {
        if (requests.isEmpty()) {
            throw new IllegalStateException("there is no request yet");
        }
        return requests.get(requests.size() - 1);
    }

    TcpScript script(String server, int port) {
        Rounds rounds = new Rounds();
        String host = (server.contains(":") ? "[" + server + "]" : server) + (port == 80 ? "" : ":" + port);
        boolean cut = false;
        for (HttpMessages each : requests) {
            if (cut) {
                throw new IllegalStateException("a request follows an answer that is cut");
            }
            each.addTo(rounds, host);
            cut = each.isCut();
        }
        TcpEnd end = cut ? TcpEnd.SERVER_CLOSES : TcpEnd.CLIENT_CLOSES;
        return new TcpScript(rounds.list(), end, false, true, purpose(PacketKind.SYN));
    }
}
