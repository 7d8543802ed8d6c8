package io.podcapture.fabric8;

import io.podcapture.spi.CaptureMethod;

class SimulatedEphemeralContractTest extends SimulatedContract {
    @Override
    protected CaptureMethod method() {
        return methods().ephemeral().methods().get(0);
    }
}
