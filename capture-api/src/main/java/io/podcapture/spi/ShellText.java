package io.podcapture.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** The constant scripts of this package. */
final class ShellText {
    private ShellText() {}

    // Comments are left out: a script travels in the address of a request, and some proxies allow 8 KiB.
    static String load(String name) {
        try (InputStream in = Objects.requireNonNull(ShellText.class.getResourceAsStream(name), name)) {
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
