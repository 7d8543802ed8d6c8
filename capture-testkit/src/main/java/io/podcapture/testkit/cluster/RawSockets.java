package io.podcapture.testkit.cluster;

import java.util.List;
import java.util.Map;

/** Whether a container may open raw sockets, as its pod describes it: processes here have the rights of the test. */
final class RawSockets {
    /** The variable by which a stand-in learns that it may not. */
    static final String DENIED = "SIMULATED_DENIED";

    private static final String CAPABILITY = "NET_RAW";

    private RawSockets() {}

    static boolean areAllowed(Map<String, Object> pod, String container) {
        Map<String, Object> context = context(pod, container);
        if (Json.text(context, "privileged").equals("true")) {
            return true;
        }
        String user = Json.text(context, "runAsUser");
        if (user.isEmpty()) {
            user = Json.text(pod, "spec", "securityContext", "runAsUser");
        }
        // What neither says is the image's to say: root. No capability is in effect for another user.
        if (!user.isEmpty() && !user.equals("0")) {
            return false;
        }
        return !names(context, "drop") || names(context, "add");
    }

    private static boolean names(Map<String, Object> context, String list) {
        List<String> names = Json.texts(Fields.map(context, "capabilities"), list);
        return names.contains(CAPABILITY) || names.contains("ALL");
    }

    private static Map<String, Object> context(Map<String, Object> pod, String container) {
        return List.of("containers", "initContainers", "ephemeralContainers").stream()
                .flatMap(kind -> Fields.items(pod, "spec", kind).stream())
                .filter(each -> container.equals(each.get("name")))
                .map(each -> Fields.map(each, "securityContext"))
                .findFirst()
                .orElse(Map.of());
    }
}
