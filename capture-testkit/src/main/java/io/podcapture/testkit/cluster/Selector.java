package io.podcapture.testkit.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which objects a list or a watch is for: by labels and by fields. */
final class Selector {
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern SET = Pattern.compile("(\\S+) (in|notin) \\(([^)]*)\\)");

    private Selector() {}

    static Predicate<Map<String, Object>> of(HttpRequest request) {
        List<Predicate<Map<String, Object>>> terms = new ArrayList<>();
        for (String term : terms(request.parameter("labelSelector"))) {
            terms.add(labels(term));
        }
        for (String term : terms(request.parameter("fieldSelector"))) {
            terms.add(field(term));
        }
        return object -> terms.stream().allMatch(term -> term.test(object));
    }

    private static List<String> terms(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(COMMA.split(text));
    }

    private static Predicate<Map<String, Object>> labels(String term) {
        Matcher set = SET.matcher(term.strip());
        if (set.matches()) {
            Set<String> values = new TreeSet<>();
            Arrays.stream(set.group(3).split(",")).map(String::strip).forEach(values::add);
            boolean in = set.group(2).equals("in");
            return object -> values.contains(label(object, set.group(1))) == in;
        }
        if (term.startsWith("!")) {
            return object -> label(object, term.substring(1)).isEmpty();
        }
        if (!term.contains("=")) {
            return object -> !label(object, term.strip()).isEmpty();
        }
        return comparison(term, Selector::label);
    }

    private static Predicate<Map<String, Object>> field(String term) {
        return comparison(term, (object, path) -> Json.text(object, path.split("\\.")));
    }

    private interface Reading {
        String of(Map<String, Object> object, String name);
    }

    private static Predicate<Map<String, Object>> comparison(String term, Reading reading) {
        boolean equal = !term.contains("!=");
        String[] sides = term.split(equal ? "==?" : "!=", 2);
        return object -> reading.of(object, sides[0].strip()).equals(sides[1].strip()) == equal;
    }

    private static String label(Map<String, Object> object, String name) {
        return Json.text(object, "metadata", "labels", name);
    }
}
