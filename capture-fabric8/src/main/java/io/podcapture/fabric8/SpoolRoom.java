package io.podcapture.fabric8;

import io.podcapture.spi.CaptureRequest;
import java.util.OptionalLong;

/**
 * How much a capture may write beside a pod's containers: a pod that uses more than its volume or its limit allows is evicted.
 *
 * @param megabytes the size of one file, in 1,000,000 octets
 * @param files how many of them the capture may fill
 * @param filesOfAll how many files all captures in the volume may have
 */
record SpoolRoom(int megabytes, long files, long filesOfAll) {
    private static final long MEGABYTE = 1_000_000;
    private static final int PARTS = 32;

    static SpoolRoom of(PodView pod, CaptureRequest request) {
        return of(pod.sizeLimit(SidecarContainer.VOLUME), pod.storageLimit(), request.maxBytes());
    }

    /**
     * Makes it.
     *
     * @param volume the size limit of the volume
     * @param pod the sum of what the pod's containers may use, where any has a limit
     * @param wanted the limit that the caller set
     */
    static SpoolRoom of(OptionalLong volume, OptionalLong pod, OptionalLong wanted) {
        long least = Math.min(volume.orElse(Long.MAX_VALUE), pod.orElse(Long.MAX_VALUE));
        long room = Math.max(2 * MEGABYTE, least / 10 * 8);
        long part = Math.max(MEGABYTE, Math.min(room, wanted.orElse(room)) / PARTS);
        int megabytes = (int) Math.min(part / MEGABYTE, 1000);
        long all = room / (megabytes * MEGABYTE);
        long own = Math.min(all, Math.max(1, wanted.orElse(Long.MAX_VALUE) / (megabytes * MEGABYTE)));
        return new SpoolRoom(megabytes, own, all);
    }
}
