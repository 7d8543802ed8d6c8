package io.podcapture.examples;

import io.podcapture.pcap.OutputFormat;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of a command that writes the format it read unless told otherwise. */
final class KeptFormat {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatName.Converter.class,
            description = FormatName.NAMES + "; that of the input by default.")
    private Optional<OutputFormat> format = Optional.empty();

    static KeptFormat of(Optional<String> name) {
        KeptFormat format = new KeptFormat();
        if (name.isPresent()) {
            format.format = Optional.of(FormatName.read(name.get()));
        }
        return format;
    }

    /** Returns it; empty for that of the input. */
    Optional<OutputFormat> chosen() {
        return format;
    }
}
