package io.podcapture;

import java.util.Objects;
import java.util.Optional;

/** A property of a builder. Set twice it is an error: a silent override captures the wrong pod. */
final class Setting<T> {
    private final String name;
    private Optional<T> value = Optional.empty();

    Setting(String name) {
        this.name = name;
    }

    void set(T newValue) {
        Objects.requireNonNull(newValue, name);
        value.ifPresent(old -> {
            throw new IllegalStateException(name + " is set twice: to " + old + " and to " + newValue);
        });
        value = Optional.of(newValue);
    }

    Optional<T> value() {
        return value;
    }

    T or(Setting<T> fallback, T last) {
        return value.or(fallback::value).orElse(last);
    }

    T or(T last) {
        return value.orElse(last);
    }
}
