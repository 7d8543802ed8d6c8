package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conditions in the status of an object: one of a type, with the time since when it has the status that it has. */
final class Conditions {
    private Conditions() {}

    /**
     * Returns a condition that an object has from now on. Its reason and its message may change without a transition.
     *
     * @param status {@code True}, {@code False} or {@code Unknown}
     * @param reason empty for none
     * @param message empty for none
     */
    static Map<String, Object> next(
            Map<String, Object> object, String type, String status, String reason, String message) {
        Map<String, Object> before = Fields.items(object, "status", "conditions").stream()
                .filter(each -> type.equals(each.get("type")))
                .findFirst()
                .orElse(Map.of());
        String since = Json.text(before, "lastTransitionTime");
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", status);
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
        boolean same = status.equals(before.get("status")) && !since.isEmpty();
        condition.put("lastTransitionTime", same ? since : Manifests.now());
        return condition;
    }

    /** Puts a condition into the status of an object that may be changed, in the place of the one before. */
    static void put(Map<String, Object> object, String type, String status, String reason, String message) {
        Map<String, Object> condition = next(object, type, status, reason, message);
        List<Object> all = new ArrayList<>(Fields.items(object, "status", "conditions"));
        all.removeIf(each -> each instanceof Map<?, ?> map && type.equals(map.get("type")));
        all.add(condition);
        Json.within(object, "status").put("conditions", all);
    }
}
