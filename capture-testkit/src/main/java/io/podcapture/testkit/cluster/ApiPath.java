package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the path of a request names.
 *
 * @param group of the API; empty for the core
 * @param namespace empty for all, or where there are none
 * @param plural of the resource, {@code pods} for instance
 * @param name of the object; empty for all
 * @param subresource empty if there is none
 */
record ApiPath(String group, String namespace, String plural, String name, String subresource) {
    /** Reads a path; empty if it names no resource. */
    static Optional<ApiPath> parse(String path) {
        List<String> words = new ArrayList<>(Arrays.asList(path.split("/")));
        words.removeIf(String::isEmpty);
        boolean core = words.size() > 2 && words.get(0).equals("api");
        boolean grouped = words.size() > 3 && words.get(0).equals("apis");
        if (!core && !grouped) {
            return Optional.empty();
        }
        String group = core ? "" : words.get(1);
        List<String> rest = words.subList(core ? 2 : 3, words.size());
        String namespace = "";
        if (rest.size() > 2 && rest.get(0).equals("namespaces")) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        return Optional.of(new ApiPath(group, namespace, rest.get(0), word(rest, 1), word(rest, 2)));
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** Returns the resource as kubectl writes it: {@code deployments.apps}. */
    String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}
