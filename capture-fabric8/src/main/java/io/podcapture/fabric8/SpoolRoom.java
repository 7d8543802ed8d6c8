package io.podcapture.fabric8;

import io.podcapture.spi.CaptureRequest;
import java.util.OptionalLong;

/**
 * How much a capture may write beside a pod's containers: a pod that uses more than its volume or its limit allows is evicted.
 *
 * @param megabytes the size of one file, in 1,000,000 octets
 * @param files how many of them the capture may fill
 * @param filesOfAll how many files all captures in the volume may have
 * @param most how many the capture can have at all, however fast its packets come
 */
record SpoolRoom(int megabytes, long files, long filesOfAll, long most) {
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
        // The same for all who share the volume: only then does the number of files say how much is used.
        int megabytes = (int) Math.min(Math.max(1, room / PARTS / MEGABYTE), 1000);
        long file = megabytes * MEGABYTE;
        long all = room / file;
        long own = wanted.isPresent() ? Math.min(all, (wanted.getAsLong() - 1) / file + 1) : all;
        return new SpoolRoom(megabytes, own, all, Math.max(own + 1, least / 100 * 95 / file));
    }
}
