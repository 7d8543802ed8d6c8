package io.podcapture.testkit.cluster;

import io.podcapture.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who asks, and what it may do.
 *
 * @param name for messages
 * @param all whether it may do everything
 * @param permissions what it may do otherwise
 */
record Account(String name, boolean all, List<Permission> permissions) {
    static final Account ADMIN = new Account("kubernetes-admin", true, List.of());

    /**
     * Tells whether it may.
     *
     * @param resource as kubectl writes it, with subresource and group: {@code pods/exec}
     */
    boolean may(String verb, String resource, String namespace) {
        return all
                || permissions.stream()
                        .anyMatch(permission -> permission.action().equals(verb)
                                && permission.resource().equals(resource)
                                && (permission.scope().isEmpty()
                                        || permission.scope().equals(namespace)));
    }

    /** Requires it of a request. */
    void require(String verb, ApiPath path) throws ApiStatus.Refusal {
        String resource = path.subresource().isEmpty() ? path.plural() : path.plural() + "/" + path.subresource();
        String named = path.group().isEmpty() ? resource : resource + "." + path.group();
        if (!may(verb, named, path.namespace())) {
            String where = path.namespace().isEmpty()
                    ? "at the cluster scope"
                    : "in the namespace \"" + path.namespace() + '"';
            throw new ApiStatus.Refusal(
                    403,
                    path.resource() + (path.name().isEmpty() ? "" : " \"" + path.name() + '"')
                            + " is forbidden: User \""
                            + name + "\" cannot " + verb + " resource \"" + resource + "\" in API group \""
                            + path.group()
                            + "\" " + where);
        }
    }

    /** Answers a SelfSubjectAccessReview. */
    Map<String, Object> review(Map<String, Object> asked) {
        String subresource = Json.text(asked, "spec", "resourceAttributes", "subresource");
        String group = Json.text(asked, "spec", "resourceAttributes", "group");
        String resource = Json.text(asked, "spec", "resourceAttributes", "resource")
                + (subresource.isEmpty() ? "" : "/" + subresource)
                + (group.isEmpty() ? "" : "." + group);
        boolean allowed = may(
                Json.text(asked, "spec", "resourceAttributes", "verb"),
                resource,
                Json.text(asked, "spec", "resourceAttributes", "namespace"));
        Map<String, Object> answer = Json.copy(asked);
        answer.put("status", Map.of("allowed", allowed));
        return answer;
    }

    /** Answers a SelfSubjectRulesReview. */
    Map<String, Object> rules(Map<String, Object> asked) {
        String namespace = Json.text(asked, "spec", "namespace");
        List<Object> rules = new ArrayList<>();
        if (all) {
            rules.add(rule("*", "*", "*"));
        }
        for (Permission permission : permissions) {
            if (permission.scope().isEmpty() || permission.scope().equals(namespace)) {
                String[] words = permission.resource().split("\\.", 2);
                rules.add(rule(permission.action(), words.length > 1 ? words[1] : "", words[0]));
            }
        }
        Map<String, Object> answer = Json.copy(asked);
        answer.put("status", Map.of("resourceRules", rules, "nonResourceRules", List.of(), "incomplete", false));
        return answer;
    }

    private static Map<String, Object> rule(String verb, String group, String resource) {
        return Map.of("verbs", List.of(verb), "apiGroups", List.of(group), "resources", List.of(resource));
    }
}
