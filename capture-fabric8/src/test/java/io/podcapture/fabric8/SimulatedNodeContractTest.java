package io.podcapture.fabric8;

import io.podcapture.spi.CaptureMethod;

class SimulatedNodeContractTest extends SimulatedContract {
    @Override
    protected CaptureMethod method() {
        return methods().node().methods().get(0);
    }
}
