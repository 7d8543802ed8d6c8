package io.podcapture.spi;

import io.podcapture.CapturePoint;
import io.podcapture.Targets;
import java.util.OptionalLong;

/** Requests on a point of no importance. */
final class Requests {
    private static final CapturePoint POINT =
            CapturePoint.builder("uid-1", "here").build();

    private Requests() {}

    static CaptureRequest of(String interfaceName, String filter) {
        return of(interfaceName, filter, OptionalLong.empty());
    }

    static CaptureRequest of(String interfaceName, String filter, OptionalLong maxPackets) {
        return new CaptureRequest(
                Targets.of("machine", "", "here"),
                POINT,
                interfaceName,
                filter,
                262_144,
                64L << 20,
                maxPackets,
                OptionalLong.empty());
    }
}
