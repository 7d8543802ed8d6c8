package io.podcapture;

import java.util.Objects;
import java.util.Optional;

/**
 * Names whose packets are wanted: kind, scope and name or labels, as data.
 *
 * <p>What the words mean is up to the {@linkplain io.podcapture.spi.TargetResolver resolver} of the capture method. Two
 * targets with equal words are equal. Immutable.
 *
 * @since 0.1
 */
public final class Target {
    private final String kind;
    private final String scope;
    private final Optional<String> name;
    private final Optional<String> selector;
    private final Optional<String> container;

    Target(String kind, String scope, Optional<String> name, Optional<String> selector, Optional<String> container) {
        this.kind = requireWord("kind", kind);
        this.scope = Objects.requireNonNull(scope, "scope");
        name.ifPresent(word -> requireWord("name", word));
        selector.ifPresent(word -> requireWord("selector", word));
        container.ifPresent(word -> requireWord("container", word));
        this.name = name;
        this.selector = selector;
        this.container = container;
    }

    /**
     * Reads a target as it is spelled on a command line: {@code cart-0}, {@code deploy/cart}, {@code node/worker-1}, {@code
     * docker/web}.
     *
     * @param text kind, slash, name; without a slash the name of a pod. Kinds are {@code pod}, {@code deployment},
     *     {@code statefulset}, {@code daemonset}, {@code replicaset}, {@code job}, {@code service}, {@code namespace},
     *     {@code node} and {@code deploymentconfig}, also in their plurals and as {@code kubectl} shortens them; {@code
     *     container} (or {@code docker}, {@code podman}), {@code containerhost}, {@code process} (or {@code pid}),
     *     {@code netns} and {@code machine} without Kubernetes. Of their names only that of a {@code netns} may have slashes:
     *     the path of its file, as in {@code netns//run/docker/netns/1f2e}. Any other word is taken as it is, for a method of
     *     your own, and so is whatever stands behind its slash
     * @param scope where the name counts, a namespace for instance; of no account where a kind has no scope
     * @throws IllegalArgumentException if the kind or the name is missing, or the kind has no such names
     */
    public static Target parse(String text, String scope) {
        int slash = text.indexOf('/');
        String kind = slash < 0 ? "pod" : text.substring(0, slash);
        String name = text.substring(slash + 1);
        String known = TargetKinds.named(kind);
        TargetNames names = TargetNames.of(known);
        if (kind.isBlank() || !names.allow(name)) {
            throw new IllegalArgumentException("cannot read target \"" + text + "\": write " + names.spelling());
        }
        return Targets.of(known, TargetKinds.scoped(known) ? scope : "", name);
    }

    /** Returns what is named: {@code pod}, {@code deployment}, {@code node} … or a word of a method of your own. */
    public String kind() {
        return kind;
    }

    /** Returns where the name counts, a namespace for instance; empty where the kind has no scope. */
    public String scope() {
        return scope;
    }

    /** Returns the name; empty when the target is named by labels. */
    public Optional<String> name() {
        return name;
    }

    /** Returns the labels that select, as {@code app=web,tier!=test}; empty when the target has a name. */
    public Optional<String> selector() {
        return selector;
    }

    /** Returns the container that the caller named; empty when any will do. */
    public Optional<String> container() {
        return container;
    }

    /** Returns the same target with a container named: where to run the tool, for methods that run it in one. */
    public Target container(String container) {
        return new Target(kind, scope, name, selector, Optional.of(container));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target that
                && kind.equals(that.kind)
                && scope.equals(that.scope)
                && name.equals(that.name)
                && selector.equals(that.selector)
                && container.equals(that.container);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, scope, name, selector, container);
    }

    /** Returns the target in words, for instance {@code pod shop/cart-0}. */
    @Override
    public String toString() {
        String where = scope.isEmpty() ? "" : scope + "/";
        return kind + " " + where + name.orElseGet(() -> "[" + selector.orElse("") + "]");
    }

    private static String requireWord(String what, String word) {
        if (word.isBlank()) {
            throw new IllegalArgumentException("a target's " + what + " must not be blank");
        }
        return word;
    }
}
