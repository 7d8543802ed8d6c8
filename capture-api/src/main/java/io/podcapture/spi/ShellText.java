package io.podcapture.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Constant scripts that run where packets are captured. What varies goes into their arguments, never into their text.
 *
 * @since 0.1
 */
public final class ShellText {
    private ShellText() {}

    /**
     * Returns the text of a script without its comments and indents: it travels in the address of a request, and some
     * proxies allow 8 KiB.
     *
     * @param owner the class whose resource it is
     */
    public static String load(Class<?> owner, String name) {
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
