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
        window.from = plain.option("--from").map(Moment::read);
        window.to = plain.option("--to").map(Moment::read);
        return window;
    }

    Optional<Instant> from() {
        return from;
    }

    Optional<Instant> to() {
        return to;
    }
}
