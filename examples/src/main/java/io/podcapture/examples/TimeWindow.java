package io.podcapture.examples;

import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a command that copies the packets of a window of time. */
final class TimeWindow {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "First moment, as 2026-01-31T12:00:00Z or in seconds since 1970.")
    private Optional<Instant> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = Moment.Converter.class,
            description = "Last moment, likewise.")
    private Optional<Instant> to = Optional.empty();

    static TimeWindow of(PlainArguments plain) {
        TimeWindow window = new TimeWindow();
        window.from = moment(plain.option("--from"));
        window.to = moment(plain.option("--to"));
        return window;
    }

    private static Optional<Instant> moment(Optional<String> text) {
        return text.isPresent() ? Optional.of(Moment.read(text.get())) : Optional.empty();
    }

    Optional<Instant> from() {
        return from;
    }

    Optional<Instant> to() {
        return to;
    }
}
