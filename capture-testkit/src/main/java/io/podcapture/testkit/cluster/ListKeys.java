package io.podcapture.testkit.cluster;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the schema of workloads says of lists and maps: which lists are merged item by item, and what tells their items apart;
 * which maps are one value. Lists that are not named are one value too.
 */
final class ListKeys {
    private static final List<String> NAME = List.of("name");
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", NAME),
            Map.entry("initContainers", NAME),
            Map.entry("volumes", NAME),
            Map.entry("env", NAME),
            Map.entry("imagePullSecrets", NAME),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("resourceClaims", NAME),
            Map.entry("claims", NAME),
            Map.entry("schedulingGates", NAME),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("ports", List.of("containerPort", "protocol")));
    private static final Map<String, Object> DEFAULTS = Map.of("protocol", "TCP");
    private static final Set<String> ATOMIC = Set.of(
            "selector",
            "nodeSelector",
            "labelSelector",
            "secretKeyRef",
            "configMapKeyRef",
            "fieldRef",
            "resourceFieldRef");

    private ListKeys() {}

    /** Tells whether a map is one value. */
    static boolean isAtomic(String map) {
        return ATOMIC.contains(map);
    }

    static boolean isMerged(String list) {
        return KEYS.containsKey(list);
    }

    /**
     * Returns what tells an item from the others, as {@code managedFields} write it.
     *
     * @throws IllegalArgumentException if the item does not say it
     */
    static String step(String list, Object item) {
        Map<String, Object> key = new LinkedHashMap<>();
        for (String name : KEYS.getOrDefault(list, List.of())) {
            Object value = item instanceof Map<?, ?> map ? map.get(name) : null;
            Object known = value != null ? value : DEFAULTS.get(name);
            if (known == null) {
                throw new IllegalArgumentException("an item of " + list + " has no " + name);
            }
            key.put(name, known);
        }
        return "k:" + new String(Json.write(key), StandardCharsets.UTF_8);
    }

    /** Returns the first part of its key that an item does not tell; empty if it tells all. */
    static Optional<String> missing(String list, Map<?, ?> item) {
        return KEYS.getOrDefault(list, List.of()).stream()
                .filter(name -> item.get(name) == null && !DEFAULTS.containsKey(name))
                .findFirst();
    }

    /** Returns the item of a list that a step leads to. */
    static Optional<Object> find(String list, List<?> items, String step) {
        for (Object item : items) {
            if (item != null && step(list, item).equals(step)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }
}
