package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object of a namespace, in the words of a target.
 *
 * @param kind for instance {@code deployment}
 */
record Named(String kind, String namespace, String name) {
    /**
     * Asks for the object.
     *
     * @throws CaptureException if it does not exist
     */
    <T> T require(Supplier<@Nullable T> question) throws InterruptedException {
        return new ApiCall("get", kinds(), toString())
                .read(() -> Optional.ofNullable(question.get()))
                .orElseThrow(() -> notFound(
                        "does not exist; kubectl get " + kinds() + " -n " + namespace + " lists those that do"));
    }

    CaptureException notFound(String what) {
        return new CaptureException(FailureReason.TARGET_NOT_FOUND, this + " " + what);
    }

    private String kinds() {
        return kind + "s";
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
