package io.podcapture.examples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Arguments in their plainest form: known options, each once and with its value behind it, and operands. The full reader
 * of arguments takes longer to set up than many a file takes to merge; what is not plain, help and mistakes among it, is
 * left to it.
 *
 * @param options their values by name
 * @param operands the others, in order
 */
record PlainArguments(Map<String, String> options, List<String> operands) {
    /** The arguments behind the command's name; empty if they are not plain. */
    static Optional<PlainArguments> read(String[] args, Set<String> known) {
        Map<String, String> options = new HashMap<>();
        List<String> operands = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            String word = args[i];
            if (!word.startsWith("-") && !word.startsWith("@") && !word.isEmpty()) {
                operands.add(word);
            } else if (known.contains(word) && i + 1 < args.length && !args[i + 1].startsWith("-")) {
                i++;
                if (options.put(word, args[i]) != null) {
                    return Optional.empty();
                }
            } else {
                return Optional.empty();
            }
        }
        return operands.isEmpty() ? Optional.empty() : Optional.of(new PlainArguments(options, operands));
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
