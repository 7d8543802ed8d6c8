package io.podcapture.pcap;

import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.NameResolver;
import io.podcapture.pcap.filter.PacketFilter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which packets an operation keeps: those of a window of time that a filter matches. Each is said once. */
final class SelectionCriteria {
    private @Nullable String expression;
    private @Nullable NameResolver names;
    private @Nullable Boolean inner;
    private @Nullable Instant from;
    private @Nullable Instant to;

    void filter(String expression) {
        this.expression = Once.set("filter", this.expression, expression);
    }

    void resolver(NameResolver resolver) {
        names = Once.set("resolver", names, resolver.remembering());
    }

    void inner() {
        inner = Once.set("inner", inner, true);
    }

    void from(Instant time) {
        from = Once.set("from", from, time);
    }

    void to(Instant time) {
        to = Once.set("to", to, time);
    }

    void checkWindow() {
        if (firstNanos() > lastNanos()) {
            throw new IllegalArgumentException("the window ends at " + to + ", before it begins at " + from);
        }
    }

    /** To be called before a file is opened: what no link type could have is wrong, whatever the file has. */
    void check() throws FilterSyntaxException {
        checkWindow();
        if (expression != null) {
            PacketFilter.check(expression);
        }
    }

    boolean keepAll() {
        return expression == null && from == null && to == null;
    }

    /** {@return the filter on the interfaces of one file, without programs yet; null if there is no filter} */
    @Nullable
    InterfaceFilters filters() {
        return expression == null ? null : new InterfaceFilters(expression, names, inner != null);
    }

    long firstNanos() {
        return from == null ? Long.MIN_VALUE : TimestampUnit.nanos(from);
    }

    long lastNanos() {
        return to == null ? Long.MAX_VALUE : TimestampUnit.nanos(to);
    }
}
