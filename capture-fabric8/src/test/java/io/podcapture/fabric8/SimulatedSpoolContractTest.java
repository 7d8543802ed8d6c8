package io.podcapture.fabric8;

import io.podcapture.spi.CaptureMethod;

class SimulatedSpoolContractTest extends SimulatedContract {
    @Override
    protected CaptureMethod method() {
        return new SpoolMethod(client(), 64_000_000);
    }
}
