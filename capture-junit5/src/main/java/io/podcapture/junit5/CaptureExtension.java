package io.podcapture.junit5;

import io.podcapture.CaptureSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Captures traffic while tests run, as {@link CaptureTraffic} does, described in code: with a client of the test's own, any
 * targets and any method.
 *
 * <p>In a static field that {@code @RegisterExtension} marks there is one capture for all tests of the class; in an instance
 * field one for each test; with one instance of the test class for all its tests they share one as well. A parameter of type
 * {@link TestCapture} needs that there is one such extension in the class. All state is in the store of JUnit's contexts: tests may run in parallel, and share the time window
 * then.
 *
 * @since 0.1
 */
public final class CaptureExtension extends TrafficExtension {
    private final Settings settings;

    private CaptureExtension(Settings settings) {
        super(new Object());
        this.settings = settings;
    }

    /**
     * Begins with what describes the session.
     *
     * @param session asked once per capture, when it starts: of a static field before the class's {@code @BeforeAll} methods, of
     *     an instance field before the test's {@code @BeforeEach} methods. It leaves {@link CaptureSession.Builder#writeTo} out; the extension decides where the file goes
     */
    public static Builder capturing(Supplier<CaptureSession.Builder> session) {
        return new Builder(session);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!lifecycle.hasClass(context)) {
            lifecycle.beginClass(context, settings);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (lifecycle.hasClass(context)) {
            lifecycle.beginTest(context);
        } else {
            lifecycle.beginTestOfItsOwn(context, settings);
        }
    }

    /**
     * Describes the extension; not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final Supplier<CaptureSession.Builder> session;
        private Keep keep = Keep.ON_FAILURE;
        private boolean required = true;
        private Duration preRoll = Settings.PRE_ROLL;
        private Optional<Path> directory = Optional.empty();

        private Builder(Supplier<CaptureSession.Builder> session) {
            this.session = Objects.requireNonNull(session, "session");
        }

        /** Sets when the capture of a test is kept; {@link Keep#ON_FAILURE} by default. */
        public Builder keep(Keep keep) {
            this.keep = Objects.requireNonNull(keep, "keep");
            return this;
        }

        /** Sets whether tests fail when the capture cannot start, as they do by default; otherwise they are warned. */
        public Builder required(boolean required) {
            this.required = required;
            return this;
        }

        /** Sets how much from before the test its time window holds; one second by default. */
        public Builder preRoll(Duration duration) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("preRoll " + duration + " is negative");
            }
            preRoll = duration;
            return this;
        }

        /** Sets where the directories of classes are made; {@code target/captures} by default. */
        public Builder directory(Path directory) {
            this.directory = Optional.of(directory);
            return this;
        }

        /** Makes the extension. */
        public CaptureExtension build() {
            return new CaptureExtension(new Settings(session, keep, required, preRoll, directory));
        }
    }
}
