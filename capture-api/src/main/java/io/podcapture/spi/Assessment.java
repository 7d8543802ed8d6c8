package io.podcapture.spi;

import io.podcapture.FailureReason;
import io.podcapture.Permission;
import io.podcapture.Usability;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a method found out about a capture before it tries. Immutable.
 *
 * @since 0.1
 */
public final class Assessment {
    private record Check(Usability answer, String sentence, Optional<FailureReason> reason) {}

    private final List<Check> checks;
    private final List<String> creates;
    private final List<Permission> permissions;

    private Assessment(Builder builder) {
        checks = List.copyOf(builder.checks);
        creates = List.copyOf(builder.creates);
        permissions = List.copyOf(new TreeSet<>(builder.permissions));
    }

    /** Begins one without any check. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns that of a method that cannot tell anything before it tries. */
    public static Assessment untold() {
        return builder().unknown("it can only be tried").build();
    }

    /** Returns the worst answer of all checks; {@link Usability#USABLE} if there was none. */
    public Usability usability() {
        return deciding().map(Check::answer).orElse(Usability.USABLE);
    }

    /** Returns the sentence of the check that decided: the first that said no, else the first doubt, else the last. */
    public String sentence() {
        return deciding().map(Check::sentence).orElse("");
    }

    /** Returns the reason with which the start would fail; empty unless it is refused. */
    public Optional<FailureReason> reason() {
        return deciding().flatMap(Check::reason);
    }

    /** Returns what would be made, and where. */
    public List<String> creates() {
        return creates;
    }

    /** Returns the rights that are needed, sorted. */
    public List<Permission> permissions() {
        return permissions;
    }

    private Optional<Check> deciding() {
        return checks.stream().reduce((decided, next) -> {
            int worse = next.answer().compareTo(decided.answer());
            return worse > 0 || worse == 0 && next.answer() == Usability.USABLE ? next : decided;
        });
    }

    /** Collects answers; for one thread. */
    public static final class Builder {
        private final List<Check> checks = new ArrayList<>();
        private final List<String> creates = new ArrayList<>();
        private final List<Permission> permissions = new ArrayList<>();

        private Builder() {}

        /** Adds a check that says yes. */
        public Builder passed(String sentence) {
            return add(new Check(Usability.USABLE, sentence, Optional.empty()));
        }

        /** Adds something that only a try can tell. */
        public Builder unknown(String sentence) {
            return add(new Check(Usability.UNCERTAIN, sentence, Optional.empty()));
        }

        /** Adds a check that says no, and the reason with which the start would fail. */
        public Builder refused(FailureReason reason, String sentence) {
            return add(new Check(Usability.REFUSED, sentence, Optional.of(reason)));
        }

        /** Adds what would be made, and where. */
        public Builder creates(String what) {
            creates.add(what);
            return this;
        }

        /** Adds a right that is needed, whether the caller has it or not. */
        public Builder needs(Permission permission) {
            permissions.add(permission);
            return this;
        }

        /** Tells whether something said no already: then further checks need not be made. */
        public boolean isRefused() {
            return checks.stream().anyMatch(check -> check.answer() == Usability.REFUSED);
        }

        /** Returns the assessment. */
        public Assessment build() {
            return new Assessment(this);
        }

        private Builder add(Check check) {
            Objects.requireNonNull(check.sentence(), "sentence");
            checks.add(check);
            return this;
        }
    }
}
