package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A level of the Pod Security Standards that is enforced in a namespace, as far as containers that are added to a pod may
 * violate it.
 *
 * @since 0.1
 */
public enum PodSecurity {
    /** No capabilities beyond the runtime's defaults, NET_RAW among them. */
    BASELINE,
    /** No user root and no capabilities but one. */
    RESTRICTED;

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

    /** Returns the refusal of a container; empty if it violates nothing. */
    Optional<ApiStatus.Refusal> refusal(String pod, Map<String, Object> container) {
        Map<String, Object> context = Json.within(Json.copy(container), "securityContext");
        List<String> violations = new ArrayList<>();
        String who = "container \"" + Json.text(container, "name") + '"';
        List<String> added = Json.texts(Json.within(context, "capabilities"), "add").stream()
                .filter(capability -> !DEFAULT_CAPABILITIES.contains(capability))
                .toList();
        if (!added.isEmpty()) {
            violations.add("non-default capabilities (" + who + " must not include \"" + String.join("\", \"", added)
                    + "\" in securityContext.capabilities.add)");
        }
        if (this == RESTRICTED) {
            restrict(context, who, violations);
        }
        String level = name().toLowerCase(Locale.ROOT);
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of(new ApiStatus.Refusal(
                        403,
                        "pods \"" + pod + "\" is forbidden: violates PodSecurity \"" + level + ":latest\": "
                                + String.join(", ", violations)));
    }

    private static void restrict(Map<String, Object> context, String who, List<String> violations) {
        if (!Json.text(context, "allowPrivilegeEscalation").equals("false")) {
            violations.add("allowPrivilegeEscalation != false (" + who
                    + " must set securityContext.allowPrivilegeEscalation=false)");
        }
        if (!Json.texts(Json.within(context, "capabilities"), "drop").contains("ALL")) {
            violations.add(
                    "unrestricted capabilities (" + who + " must set securityContext.capabilities.drop=[\"ALL\"])");
        }
        if (!Json.text(context, "runAsNonRoot").equals("true")) {
            violations.add("runAsNonRoot != true (pod or " + who + " must set securityContext.runAsNonRoot=true)");
        }
        if (Json.text(context, "runAsUser").equals("0")) {
            violations.add("runAsUser=0 (" + who + " must not set runAsUser=0)");
        }
    }
}
