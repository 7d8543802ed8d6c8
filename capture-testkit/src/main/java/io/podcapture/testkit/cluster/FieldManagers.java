package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whose the fields of an object are, as its {@code managedFields} tell. For one change of the object. */
final class FieldManagers {
    private final Map<Manager, Entry> entries = new LinkedHashMap<>();

    /** Who applies, or changes in another way, under a name: the two are not the same. */
    record Manager(String name, String operation) {
        static Manager applying(String name) {
            return new Manager(name, "Apply");
        }

        static Manager changing(String name) {
            return new Manager(name, "Update");
        }

        boolean isApplying() {
            return operation.equals("Apply");
        }
    }

    /**
     * Fields of one manager that another one would change.
     *
     * @param manager in the words of a conflict: who does not apply is told with the version of the API it used
     */
    record Conflict(String manager, FieldSet fields) {}

    private record Entry(FieldSet fields, String apiVersion, String time) {}

    private FieldManagers() {}

    static FieldManagers of(Map<String, Object> object) {
        FieldManagers managers = new FieldManagers();
        Map<String, Object> metadata = Json.within(Json.copy(object), "metadata");
        for (Map<String, Object> entry : Json.list(metadata, "managedFields")) {
            managers.entries.put(
                    new Manager(Json.text(entry, "manager"), Json.text(entry, "operation")),
                    new Entry(
                            FieldSet.read(Json.within(entry, "fieldsV1")),
                            Json.text(entry, "apiVersion"),
                            Json.text(entry, "time")));
        }
        return managers;
    }

    FieldSet of(Manager manager) {
        Entry entry = entries.get(manager);
        return entry == null ? FieldSet.NONE : entry.fields();
    }

    /** Returns what all others own. */
    FieldSet others(Manager manager) {
        FieldSet others = FieldSet.NONE;
        for (Map.Entry<Manager, Entry> each : entries.entrySet()) {
            if (!each.getKey().equals(manager)) {
                others = others.or(each.getValue().fields());
            }
        }
        return others;
    }

    /** Returns what of these fields others own. */
    List<Conflict> conflicts(Manager manager, FieldSet fields) {
        List<Conflict> conflicts = new ArrayList<>();
        entries.forEach((other, entry) -> {
            FieldSet both = entry.fields().and(fields);
            if (!other.equals(manager) && !both.isEmpty()) {
                String version =
                        other.isApplying() || entry.apiVersion().isEmpty() ? "" : " using " + entry.apiVersion();
                conflicts.add(new Conflict('"' + other.name() + '"' + version, both));
            }
        });
        conflicts.sort(Comparator.comparing(Conflict::manager));
        return conflicts;
    }

    /** Takes fields from all but one. */
    void take(Manager manager, FieldSet fields) {
        entries.replaceAll((other, entry) -> other.equals(manager)
                ? entry
                : new Entry(entry.fields().without(fields), entry.apiVersion(), entry.time()));
        entries.values().removeIf(entry -> entry.fields().isEmpty());
    }

    /** Says what a manager owns from now on. */
    void give(Manager manager, FieldSet fields, String apiVersion, String time) {
        if (fields.isEmpty()) {
            entries.remove(manager);
        } else {
            entries.put(manager, new Entry(fields, apiVersion, time));
        }
    }

    /** Returns when a manager last changed something. */
    String time(Manager manager, String otherwise) {
        Entry entry = entries.get(manager);
        return entry == null ? otherwise : entry.time();
    }

    void writeTo(Map<String, Object> object) {
        List<Object> written = new ArrayList<>();
        entries.forEach((manager, entry) -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("manager", manager.name());
            each.put("operation", manager.operation());
            each.put("apiVersion", entry.apiVersion());
            each.put("time", entry.time());
            each.put("fieldsType", "FieldsV1");
            each.put("fieldsV1", entry.fields().write());
            written.add(each);
        });
        if (written.isEmpty()) {
            Json.within(object, "metadata").remove("managedFields");
        } else {
            Json.within(object, "metadata").put("managedFields", written);
        }
    }
}
