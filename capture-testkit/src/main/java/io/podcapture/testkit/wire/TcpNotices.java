package io.podcapture.testkit.wire;

/** Tells the application of one side of a TCP connection what happened, some microseconds later. */
final class TcpNotices {
    private final Host host;
    private final TcpApplication application;
    private boolean established;
    private long octets;
    private boolean finished;
    private boolean over;

    TcpNotices(Host host, TcpApplication application) {
        this.host = host;
        this.application = application;
    }

    void established() {
        if (!established) {
            established = true;
            later(application::established);
        }
    }

    void drained(TcpSender sender) {
        later(() -> {
            if (sender.isDrained()) {
                application.drained();
            }
        });
    }

    void received(TcpReceiver receiver) {
        long now = receiver.octets();
        if (now > octets) {
            octets = now;
            later(() -> application.received(now));
        }
        if (receiver.isFinished() && !finished) {
            finished = true;
            later(application::finished);
        }
    }

    /** The application is told nothing any more. */
    void end() {
        over = true;
    }

    private void later(Runnable told) {
        host.events().after(host.reaction(), () -> {
            if (!over) {
                told.run();
            }
        });
    }
}
