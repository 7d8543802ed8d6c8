package io.podcapture.spi;

import io.podcapture.MethodChoice;
import java.util.Map;

/**
 * Makes a choice of methods from a name, for places that have only words: an annotation, a command line, a file. Found by
 * {@link java.util.ServiceLoader}.
 *
 * @since 0.1
 */
public interface MethodProvider {
    /** Returns the name, for instance {@code exec}; no two providers have the same. */
    String name();

    /**
     * Makes the choice.
     *
     * @param settings by name; what they mean is up to the provider
     * @throws IllegalArgumentException if it does not know a setting, or cannot read its value
     * @throws io.podcapture.CaptureException if the choice cannot be made here, where no cluster is configured for instance
     */
    MethodChoice create(Map<String, String> settings);
}
