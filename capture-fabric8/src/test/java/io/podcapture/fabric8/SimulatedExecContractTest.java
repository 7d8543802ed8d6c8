package io.podcapture.fabric8;

import io.podcapture.spi.CaptureMethod;

class SimulatedExecContractTest extends SimulatedContract {
    @Override
    protected CaptureMethod method() {
        return methods().exec().methods().get(0);
    }
}
