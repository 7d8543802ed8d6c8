package io.podcapture.fabric8;

/**
 * A resource as access rules tell it.
 *
 * @param plural for instance {@code deployments}
 * @param group for instance {@code apps}; empty for the core
 * @param subresource for instance {@code exec}; empty if there is none
 */
record KubernetesResource(String plural, String group, String subresource) {
    /** Reads what kubectl writes: {@code pods/exec}, {@code deployments.apps}. */
    static KubernetesResource parse(String text) {
        int slash = text.indexOf('/');
        String subresource = slash < 0 ? "" : text.substring(slash + 1);
        String whole = slash < 0 ? text : text.substring(0, slash);
        int point = whole.indexOf('.');
        return point < 0
                ? new KubernetesResource(whole, "", subresource)
                : new KubernetesResource(whole.substring(0, point), whole.substring(point + 1), subresource);
    }

    /** Returns it as rules of a role have it: {@code pods/exec}. */
    String inRules() {
        return subresource.isEmpty() ? plural : plural + "/" + subresource;
    }
}
