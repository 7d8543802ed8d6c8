package io.podcapture.fabric8;

import io.podcapture.spi.CaptureMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "aarch64"})
class SimulatedUploadContractTest extends SimulatedContract {
    @Override
    protected CaptureMethod method() {
        try {
            return uploads().upload().methods().get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    String pod() {
        return "plain";
    }
}
