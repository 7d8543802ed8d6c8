package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.podcapture.Permission;
import java.util.List;

/** What a caller may do in one namespace, as far as the API server could list it. */
final class GrantedRules {
    private static final String ALL = "*";

    private final List<ResourceRule> rules;

    GrantedRules(List<ResourceRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Tells whether a rule grants it for all names. */
    boolean grant(Permission permission) {
        KubernetesResource resource = KubernetesResource.parse(permission.resource());
        return rules.stream()
                .anyMatch(rule -> rule.getResourceNames().isEmpty()
                        && has(rule.getVerbs(), permission.action())
                        && has(rule.getApiGroups(), resource.group())
                        && hasResource(rule.getResources(), resource));
    }

    private static boolean hasResource(List<String> resources, KubernetesResource resource) {
        return has(resources, resource.inRules())
                || !resource.subresource().isEmpty() && resources.contains(ALL + "/" + resource.subresource());
    }

    private static boolean has(List<String> words, String word) {
        return words.contains(ALL) || words.contains(word);
    }
}
