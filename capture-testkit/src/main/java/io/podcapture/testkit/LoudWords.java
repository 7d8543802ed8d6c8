package io.podcapture.testkit;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What our loggers say that is too loud. Said by any thread. */
final class LoudWords {
    // Loggers that nobody holds are forgotten, with their handlers.
    private static final Logger OURS = Logger.getLogger("io.podcapture");

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() > loudest.intValue()) {
                said.add("logged " + entry.getLevel() + " by " + entry.getLoggerName() + ": " + entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private volatile Level loudest = level(System.Logger.Level.DEBUG);

    void loudest(System.Logger.Level level) {
        loudest = level(level);
    }

    private static Level level(System.Logger.Level level) {
        return switch (level) {
            // Of what is allowed they mean the contrary of what they mean for a logger.
            case ALL -> Level.OFF;
            case OFF -> Level.ALL;
            case TRACE -> Level.FINER;
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARNING;
            case ERROR -> Level.SEVERE;
        };
    }

    void begin() {
        said.clear();
        OURS.addHandler(handler);
    }

    /** Returns what was said since the beginning. */
    List<String> end() {
        OURS.removeHandler(handler);
        return List.copyOf(said);
    }
}
