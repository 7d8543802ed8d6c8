package io.podcapture.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Collects targets in the order of the command line, each with the method named last before it; a method named after all of them
 * is for those without one.
 */
final class NamedTargets {
    /**
     * A target as it was typed.
     *
     * @param text its words
     * @param labels whether the words are labels
     * @param method the method named before it; empty for the default
     */
    record Named(String text, boolean labels, String method) {}

    private final List<Named> targets = new ArrayList<>();
    private String method = "";
    private boolean methodIsLast;

    List<Named> targets() {
        return targets.stream()
                .map(each ->
                        methodIsLast && each.method().isEmpty() ? new Named(each.text(), each.labels(), method) : each)
                .toList();
    }

    private void add(String text, boolean labels) {
        targets.add(new Named(text, labels, method));
        methodIsLast = false;
    }

    private static NamedTargets of(CommandSpec command) {
        return ((HasTargets) command.userObject()).targets();
    }

    /** A command that has targets. */
    interface HasTargets {
        NamedTargets targets();
    }

    /** Takes the value of {@code -m}. */
    static final class Method implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> args, ArgSpec arg, CommandSpec command) {
            NamedTargets named = of(command);
            named.method = pop(args, arg, command);
            named.methodIsLast = true;
        }
    }

    /** Takes the value of {@code -l}. */
    static final class Labels implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> args, ArgSpec arg, CommandSpec command) {
            of(command).add(pop(args, arg, command), true);
        }
    }

    /** Takes a target that is named by kind and name. */
    static final class Words implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> args, ArgSpec arg, CommandSpec command) {
            of(command).add(pop(args, arg, command), false);
        }
    }

    private static String pop(Stack<String> args, ArgSpec arg, CommandSpec command) {
        if (args.isEmpty()) {
            throw new picocli.CommandLine.MissingParameterException(
                    command.commandLine(), arg, "a value is missing for " + arg);
        }
        return args.pop();
    }
}
