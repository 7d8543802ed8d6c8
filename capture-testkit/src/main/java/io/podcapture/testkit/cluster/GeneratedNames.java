package io.podcapture.testkit.cluster;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The names of pods whose maker leaves them to the API server: a prefix of the maker's and five characters. */
final class GeneratedNames {
    // Without vowels, as the API server has them: no name is a word.
    private static final String CHARACTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int LENGTH = 5;

    private final AtomicInteger made = new AtomicInteger();

    /**
     * Returns the name of a pod, which is given one if it has none.
     *
     * @throws ApiStatus.Refusal if it has neither a name nor a prefix
     */
    String nameOf(Map<String, Object> pod) throws ApiStatus.Refusal {
        String name = Json.text(pod, "metadata", "name");
        if (!name.isEmpty()) {
            return name;
        }
        String prefix = Json.text(pod, "metadata", "generateName");
        if (prefix.isEmpty()) {
            throw new ApiStatus.Refusal(
                    422, "Pod \"\" is invalid: metadata.name: Required value: name or generateName is required");
        }
        String generated = prefix + characters(made.getAndIncrement());
        Json.within(pod, "metadata").put("name", generated);
        return generated;
    }

    private static String characters(int number) {
        StringBuilder characters = new StringBuilder();
        for (int rest = number; characters.length() < LENGTH; rest /= CHARACTERS.length()) {
            characters.append(CHARACTERS.charAt(rest % CHARACTERS.length()));
        }
        return characters.reverse().toString();
    }
}
