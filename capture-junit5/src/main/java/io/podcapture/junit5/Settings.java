package io.podcapture.junit5;

import io.podcapture.CaptureSession;
import io.podcapture.MethodChoice;
import io.podcapture.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What somebody asked for, by annotation or in code. */
record Settings(
        Supplier<CaptureSession.Builder> session,
        Keep keep,
        boolean required,
        Duration preRoll,
        Optional<Path> directory) {
    /** The node's clock is known to some milliseconds; a connection that the test uses may be a little older than the test. */
    static final Duration PRE_ROLL = Duration.ofSeconds(1);

    static Settings of(CaptureTraffic wanted) {
        return new Settings(() -> describe(wanted), wanted.keep(), wanted.required(), PRE_ROLL, Optional.empty());
    }

    private static CaptureSession.Builder describe(CaptureTraffic wanted) {
        Map<String, String> settings = new HashMap<>();
        for (String setting : wanted.settings()) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("cannot read setting \"" + setting + "\": write name=value");
            }
            settings.put(
                    setting.substring(0, equals).strip(),
                    setting.substring(equals + 1).strip());
        }
        CaptureSession.Builder builder = CaptureSession.builder()
                .via(MethodChoice.named(wanted.method(), settings))
                .filter(wanted.filter());
        for (String target : wanted.targets()) {
            builder.target(Target.parse(target, wanted.namespace()));
        }
        return builder;
    }
}
