package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import java.util.List;

/** One side of a TCP connection, as Linux has it, but without congestion control beyond a growing window. */
final class TcpConnection implements Bound {
    private static final long DELAYED_ACK = 40_000_000;

    private final Host host;
    private final TcpOutlet outlet;
    private final TcpSender sender;
    private final ReceiveQueue in = new ReceiveQueue();
    private final TcpApplication application;
    private final boolean client;
    private boolean established;
    private boolean dead;
    private boolean acknowledgmentOwed;
    private boolean resetting;
    private long reported;
    private boolean reportedFinish;
    private long theirFirst;
    private long echo;

    TcpConnection(
            Host host,
            Endpoint endpoint,
            Purpose purpose,
            boolean client,
            boolean timestamps,
            TcpApplication application) {
        this.host = host;
        this.client = client;
        this.application = application;
        this.outlet = new TcpOutlet(host, endpoint, purpose, client, timestamps);
        this.sender = new TcpSender(host, this::transmit, outlet.largestData());
    }

    void connect() {
        sender.syn(TcpSegment.SYN);
    }

    void send(ByteBuffer data) {
        sender.add(data);
    }

    void finish() {
        sender.finish();
    }

    boolean isDrained() {
        return sender.isDrained();
    }

    /** Breaks the connection off as soon as all that was sent is acknowledged, so that one reset is all there is. */
    void reset() {
        resetting = true;
        resetIfDrained();
    }

    private void resetIfDrained() {
        if (resetting && !dead && sender.isDrained()) {
            outlet.send(TcpSegment.RST | TcpSegment.ACK, sender.next(), acknowledgment(), echo, List.of());
            die();
        }
    }

    @Override
    public boolean isOver() {
        return dead || in.isFinished() && sender.isDrained() && sender.hasFinished();
    }

    @Override
    public void arrived(IpPacket packet) {
        if (!dead && packet.payload() instanceof TcpSegment segment) {
            if (segment.has(TcpSegment.RST)) {
                die();
            } else {
                arrived(segment);
            }
        }
    }

    private void die() {
        dead = true;
        sender.giveUp();
    }

    private void arrived(TcpSegment segment) {
        if (segment.has(TcpSegment.SYN)) {
            theirFirst = segment.sequence();
        }
        long from = position(segment.sequence());
        if (from <= in.next()) {
            echo = segment.options().value();
        }
        if (segment.has(TcpSegment.ACK)) {
            acknowledged(segment);
        }
        if (segment.length() > 0) {
            in.arrived(from, from + segment.length(), segment.has(TcpSegment.FIN));
            acknowledgmentOwed = true;
            answer(segment);
        }
        tell();
        sender.pump();
        resetIfDrained();
    }

    private void acknowledged(TcpSegment segment) {
        sender.acknowledged(outlet.position(segment.acknowledgment()), segment, outlet);
        if (!client && !established) {
            established = true;
            later(application::established);
        }
        if (sender.isDrained()) {
            later(this::tellIfDrained);
        }
    }

    private void answer(TcpSegment segment) {
        if (segment.has(TcpSegment.SYN) && !client) {
            acknowledgmentOwed = false;
            sender.syn(TcpSegment.SYN | TcpSegment.ACK);
        } else if (segment.has(TcpSegment.FIN) && in.isSmooth() && !sender.hasFinished()) {
            // The application will close soon, and its FIN acknowledges this one.
            host.events().after(DELAYED_ACK, this::acknowledgeIfOwed);
        } else {
            acknowledgeIfOwed();
        }
        if (segment.has(TcpSegment.SYN) && client && !established) {
            established = true;
            later(application::established);
        }
    }

    private void acknowledgeIfOwed() {
        if (acknowledgmentOwed && !dead) {
            List<TcpOptions.Range> ranges = in.ranges(3).stream()
                    .map(range -> new TcpOptions.Range(theirFirst + range.from(), theirFirst + range.to()))
                    .toList();
            outlet.send(TcpSegment.ACK, sender.next(), acknowledgment(), echo, ranges);
            acknowledgmentOwed = false;
        }
    }

    private void tell() {
        long octets = in.octets();
        if (octets > reported) {
            reported = octets;
            later(() -> application.received(octets));
        }
        if (in.isFinished() && !reportedFinish) {
            reportedFinish = true;
            later(application::finished);
        }
    }

    private void tellIfDrained() {
        if (sender.isDrained()) {
            application.drained();
        }
    }

    private void later(Runnable told) {
        host.events().after(host.reaction(), () -> {
            if (!dead) {
                told.run();
            }
        });
    }

    private void transmit(SendQueue.Piece piece) {
        if (!dead) {
            acknowledgmentOwed = false;
            outlet.send(piece, acknowledgment(), echo);
        }
    }

    private long acknowledgment() {
        return theirFirst + in.next();
    }

    private long position(long sequence) {
        return sequence - theirFirst & 0xffff_ffffL;
    }
}
