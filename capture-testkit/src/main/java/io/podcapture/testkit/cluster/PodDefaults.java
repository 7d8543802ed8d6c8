package io.podcapture.testkit.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the API server fills in where a pod, or the template of a workload, says nothing. */
final class PodDefaults {
    private PodDefaults() {}

    /** Fills a pod in. */
    static void fillPod(Map<String, Object> pod) {
        Map<String, Object> spec = Json.within(pod, "spec");
        fill(spec);
        spec.putIfAbsent("enableServiceLinks", true);
    }

    /** Fills the template of a workload in. */
    static void fillTemplate(Map<String, Object> workload) {
        fill(Json.within(Json.within(Json.within(workload, "spec"), "template"), "spec"));
    }

    private static void fill(Map<String, Object> spec) {
        spec.putIfAbsent("restartPolicy", "Always");
        spec.putIfAbsent("dnsPolicy", "ClusterFirst");
        spec.putIfAbsent("terminationGracePeriodSeconds", 30L);
        spec.putIfAbsent("schedulerName", "default-scheduler");
        spec.putIfAbsent("securityContext", new LinkedHashMap<>());
        for (String kind : List.of("initContainers", "containers")) {
            if (spec.containsKey(kind)) {
                Json.list(spec, kind).forEach(PodDefaults::fillContainer);
            }
        }
    }

    /** Fills a container in, an ephemeral one too. */
    static void fillContainer(Map<String, Object> container) {
        container.putIfAbsent("imagePullPolicy", isLatest(Json.text(container, "image")) ? "Always" : "IfNotPresent");
        container.putIfAbsent("terminationMessagePath", "/dev/termination-log");
        container.putIfAbsent("terminationMessagePolicy", "File");
        container.putIfAbsent("resources", new LinkedHashMap<>());
        if (container.containsKey("ports")) {
            Json.list(container, "ports").forEach(port -> port.putIfAbsent("protocol", "TCP"));
        }
    }

    // Without a tag it is the latest; a registry may have a port.
    private static boolean isLatest(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        return last.endsWith(":latest") || !last.contains(":") && !last.contains("@");
    }
}
