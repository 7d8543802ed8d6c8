package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;

/** One side of a TCP connection, as Linux has it, but without congestion control beyond a growing window. */
final class TcpConnection implements Bound {
    private static final long DELAYED_ACK = 40_000_000;

    private final Host host;
    private final TcpOutlet outlet;
    private final TcpSender sender;
    private final TcpReceiver receiver = new TcpReceiver();
    private final TcpNotices notices;
    private final boolean client;
    private boolean dead;
    private boolean resetting;

    TcpConnection(
            Host host,
            Endpoint endpoint,
            Purpose purpose,
            boolean client,
            boolean timestamps,
            TcpApplication application) {
        this.host = host;
        this.client = client;
        this.notices = new TcpNotices(host, application);
        this.outlet = new TcpOutlet(host, endpoint, receiver, purpose, client, timestamps);
        this.sender = new TcpSender(host.events(), outlet);
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
            outlet.send(TcpSegment.RST | TcpSegment.ACK, sender.next());
            die();
        }
    }

    private void die() {
        dead = true;
        sender.giveUp();
        notices.end();
    }

    @Override
    public boolean isOver() {
        return dead || receiver.isFinished() && sender.isDrained() && sender.hasFinished();
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

    /** A connection that is being opened fails at once, as by EHOSTUNREACH. */
    @Override
    public void undelivered() {
        die();
    }

    private void arrived(TcpSegment segment) {
        receiver.take(segment);
        if (segment.has(TcpSegment.ACK)) {
            acknowledged(segment);
        }
        if (segment.length() > 0) {
            answer(segment);
        }
        notices.received(receiver);
        sender.pump();
        resetIfDrained();
    }

    private void acknowledged(TcpSegment segment) {
        sender.acknowledged(segment);
        if (!client) {
            notices.established();
        }
        if (sender.isDrained()) {
            notices.drained(sender);
        }
    }

    private void answer(TcpSegment segment) {
        if (segment.has(TcpSegment.SYN) && !client) {
            sender.syn(TcpSegment.SYN | TcpSegment.ACK);
        } else if (segment.has(TcpSegment.FIN) && receiver.isSmooth() && !sender.hasFinished()) {
            // The application will close soon, and its FIN acknowledges this one.
            host.events().after(DELAYED_ACK, this::acknowledgeIfOwed);
        } else {
            acknowledgeIfOwed();
        }
        if (segment.has(TcpSegment.SYN) && client) {
            notices.established();
        }
    }

    private void acknowledgeIfOwed() {
        if (receiver.owesAcknowledgment() && !dead) {
            outlet.send(TcpSegment.ACK, sender.next());
        }
    }
}
