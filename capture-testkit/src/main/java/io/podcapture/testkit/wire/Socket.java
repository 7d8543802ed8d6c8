package io.podcapture.testkit.wire;

/** Takes the packets of an endpoint that has no state of its own. */
record Socket(Runnable woken) implements Bound {
    @Override
    public void arrived(IpPacket packet) {
        woken.run();
    }

    @Override
    public boolean isOver() {
        return true;
    }
}
