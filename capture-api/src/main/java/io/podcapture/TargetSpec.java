package io.podcapture;

import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.PacketFilter;
import io.podcapture.spi.CaptureRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A target with everything that holds for it, the session's defaults included. */
record TargetSpec(
        Target target,
        MethodChoice choice,
        String filter,
        List<String> interfaces,
        int snaplen,
        long kernelBuffer,
        Optional<Duration> maxDuration,
        Optional<Long> maxPackets,
        Optional<Long> maxBytes) {
    private static final long DEFAULT_KERNEL_BUFFER = 64L << 20;

    static TargetSpec of(Target target, TargetOptions own, PointOptions<?> session) {
        MethodChoice choice = own.choice
                .value()
                .or(session.choice::value)
                .orElseThrow(() -> new IllegalStateException(
                        "no method for " + target + ": call via(...) on the session or on the target"));
        if (!choice.resolver().understands(target)) {
            throw new IllegalArgumentException("method " + choice + " does not understand the target " + target
                    + "; its kind is not one of theirs");
        }
        return new TargetSpec(
                target,
                choice,
                checked(own.filter.or(session.filter, ""), target),
                own.interfaces.or(session.interfaces, List.of("any")),
                own.snaplen.or(session.snaplen, PointOptions.LARGEST_SNAPLEN),
                own.kernelBuffer.or(session.kernelBuffer, DEFAULT_KERNEL_BUFFER),
                own.maxDuration.value().or(session.maxDuration::value),
                own.maxPackets.value().or(session.maxPackets::value),
                own.maxBytes.value().or(session.maxBytes::value));
    }

    /** What a target's tcpdump alone can judge is left to it. */
    private static String checked(String filter, Target target) {
        try {
            PacketFilter.check(filter);
            return filter;
        } catch (FilterSyntaxException e) {
            throw new CaptureException(
                    FailureReason.FILTER_REJECTED,
                    "filter \"" + filter + "\" for " + target + " is wrong at column " + e.column() + ": " + e.reason(),
                    e);
        }
    }

    CaptureRequest request(CapturePoint point, String interfaceName) {
        return new CaptureRequest(
                target,
                point,
                interfaceName,
                filter,
                snaplen,
                kernelBuffer,
                maxPackets.map(OptionalLong::of).orElse(OptionalLong.empty()),
                maxBytes.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }
}
