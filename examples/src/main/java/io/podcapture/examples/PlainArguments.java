package io.podcapture.examples;

import java.nio.file.Path;
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
    /**
     * The arguments behind the command's name.
     *
     * @throws IllegalArgumentException if they are not plain
     */
    static PlainArguments read(String[] args, Set<String> known) {
        Map<String, String> options = new HashMap<>();
        List<String> operands = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            String word = args[i];
            if (!word.startsWith("-") && !word.startsWith("@") && !word.isEmpty()) {
                operands.add(word);
            } else if (known.contains(word) && i + 1 < args.length && !args[i + 1].startsWith("-")) {
                i++;
                if (options.put(word, args[i]) != null) {
                    throw new IllegalArgumentException(word + " is there twice");
                }
            } else {
                throw new IllegalArgumentException(word + " is not plain");
            }
        }
        if (operands.isEmpty()) {
            throw new IllegalArgumentException("no operand");
        }
        return new PlainArguments(options, operands);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** The option's value. Throws IllegalArgumentException if it is not there. */
    String required(String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    /** The operands. Throws IllegalArgumentException if they are not so many. */
    List<String> operands(int count) {
        if (operands.size() != count) {
            throw new IllegalArgumentException(operands.size() + " operands");
        }
        return operands;
    }

    List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (String operand : operands) {
            paths.add(Path.of(operand));
        }
        return paths;
    }
}
