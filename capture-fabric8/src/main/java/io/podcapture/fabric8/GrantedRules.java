package io.podcapture.fabric8;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.podcapture.Permission;
import java.util.List;
import java.util.stream.Stream;

/** What a caller may do in one namespace, as far as the API server could list it. */
final class GrantedRules {
    private static final String ALL = "*";

    private final List<ResourceRule> rules;
    private final boolean incomplete;

    /**
     * Takes what was listed.
     *
     * @param incomplete if some authorizer could not list
     */
    GrantedRules(List<ResourceRule> rules, boolean incomplete) {
        this.rules = List.copyOf(rules);
        this.incomplete = incomplete;
    }

    /** Returns those where nobody could list anything. */
    static GrantedRules untold() {
        return new GrantedRules(List.of(), true);
    }

    /**
     * Tells whether a rule grants it.
     *
     * @param name of the one object it is for; empty if it is for all
     */
    boolean grant(Permission permission, String name) {
        return rules(permission)
                .anyMatch(rule -> rule.getResourceNames().isEmpty()
                        || !name.isEmpty() && rule.getResourceNames().contains(name));
    }

    /** Tells whether there may be a rule that grants it for objects that it names. */
    boolean mayNameObjects(Permission permission) {
        return incomplete || rules(permission).findAny().isPresent();
    }

    private Stream<ResourceRule> rules(Permission permission) {
        KubernetesResource resource = KubernetesResource.parse(permission.resource());
        return rules.stream()
                .filter(rule -> has(rule.getVerbs(), permission.action())
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
