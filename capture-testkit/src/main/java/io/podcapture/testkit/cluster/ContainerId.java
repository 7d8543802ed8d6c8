package io.podcapture.testkit.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The ids of containers. */
final class ContainerId {
    private ContainerId() {}

    /** Returns the id of a pod's container, as a node's processes have it. */
    static String of(String podUid, String container) {
        try {
            byte[] words = (podUid + "/" + container).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(words));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns it as the status of the pod tells it, behind the name of the runtime. */
    static String told(String podUid, String container) {
        return "containerd://" + of(podUid, container);
    }
}
