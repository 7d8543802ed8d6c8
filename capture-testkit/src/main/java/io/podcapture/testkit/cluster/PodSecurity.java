package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A level of the Pod Security Standards that is enforced in a namespace, as far as captures come upon it.
 *
 * @since 0.1
 */
public enum PodSecurity {
    /** No capabilities beyond the runtime's defaults, NET_RAW among them. */
    BASELINE,
    /** No user root and no capabilities but one. */
    RESTRICTED;

    private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");
    private static final Set<String> DEFAULT_CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    /** Returns what violates it, in the words of its admission; nothing if it admits all. */
    List<String> violations(Map<String, Object> pod, List<Map<String, Object>> containers) {
        List<String> violations = new ArrayList<>();
        List<String> namespaces = List.of("hostNetwork", "hostPID", "hostIPC").stream()
                .filter(word -> Json.text(pod, word).equals("true"))
                .map(word -> word + "=true")
                .toList();
        if (!namespaces.isEmpty()) {
            violations.add("host namespaces (" + String.join(", ", namespaces) + ")");
        }
        Map<String, Object> shared = Fields.map(pod, "securityContext");
        containers.forEach(container -> add(container, shared, violations));
        return violations;
    }

    private void add(Map<String, Object> container, Map<String, Object> ofPod, List<String> violations) {
        Map<String, Object> context = Json.within(Json.copy(container), "securityContext");
        String who = "container \"" + Json.text(container, "name") + '"';
        if (Json.text(context, "privileged").equals("true")) {
            violations.add("privileged (" + who + " must not set securityContext.privileged=true)");
        }
        List<String> added = Json.texts(Json.within(context, "capabilities"), "add").stream()
                .filter(capability -> !DEFAULT_CAPABILITIES.contains(capability))
                .toList();
        if (!added.isEmpty()) {
            violations.add("non-default capabilities (" + who + " must not include \"" + String.join("\", \"", added)
                    + "\" in securityContext.capabilities.add)");
        }
        if (this == RESTRICTED) {
            restrict(context, ofPod, who, violations);
        }
    }

    private static void restrict(
            Map<String, Object> context, Map<String, Object> ofPod, String who, List<String> violations) {
        if (!Json.text(context, "allowPrivilegeEscalation").equals("false")) {
            violations.add("allowPrivilegeEscalation != false (" + who
                    + " must set securityContext.allowPrivilegeEscalation=false)");
        }
        if (!Json.texts(Json.within(context, "capabilities"), "drop").contains("ALL")) {
            violations.add(
                    "unrestricted capabilities (" + who + " must set securityContext.capabilities.drop=[\"ALL\"])");
        }
        if (!said(context, ofPod, "runAsNonRoot").equals("true")) {
            violations.add("runAsNonRoot != true (pod or " + who + " must set securityContext.runAsNonRoot=true)");
        }
        if (Json.text(context, "runAsUser").equals("0")) {
            violations.add("runAsUser=0 (" + who + " must not set runAsUser=0)");
        }
        if (!SECCOMP.contains(said(context, ofPod, "seccompProfile", "type"))) {
            violations.add("seccompProfile (pod or " + who
                    + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")");
        }
    }

    // What a container does not say its pod may say for it.
    private static String said(Map<String, Object> context, Map<String, Object> ofPod, String... field) {
        String own = Json.text(context, field);
        return own.isEmpty() ? Json.text(ofPod, field) : own;
    }

    /** {@return the level as labels of a namespace have it} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
