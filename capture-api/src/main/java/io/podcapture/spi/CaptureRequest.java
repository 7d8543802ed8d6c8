package io.podcapture.spi;

import io.podcapture.CapturePoint;
import io.podcapture.Target;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What to capture: one interface of one point.
 *
 * @param target what the caller named
 * @param point where
 * @param interfaceName the network interface; {@code any} for all
 * @param filter the capture filter in libpcap's language; empty for everything. Text of a user: no shell may ever read it
 * @param snaplen most octets kept of a packet, 1 to 262,144
 * @param kernelBuffer octets of the kernel buffer to ask for, a multiple of 1,024
 * @param maxPackets packets after which the tool ends by itself
 * @param maxBytes octets after which the session ends the capture; for methods that deliver only at the end, which must end
 *     it themselves
 * @since 0.1
 */
public record CaptureRequest(
        Target target,
        CapturePoint point,
        String interfaceName,
        String filter,
        int snaplen,
        long kernelBuffer,
        OptionalLong maxPackets,
        OptionalLong maxBytes) {
    /** Checks that nothing is missing; the session has checked the ranges. */
    public CaptureRequest {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(point, "point");
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(maxPackets, "maxPackets");
        Objects.requireNonNull(maxBytes, "maxBytes");
    }

    /** Returns the same request with another filter. */
    public CaptureRequest withFilter(String text) {
        return new CaptureRequest(target, point, interfaceName, text, snaplen, kernelBuffer, maxPackets, maxBytes);
    }

    /** Returns the same request with a kernel buffer of another size. */
    public CaptureRequest withKernelBuffer(long octets) {
        return new CaptureRequest(target, point, interfaceName, filter, snaplen, octets, maxPackets, maxBytes);
    }
}
