package io.podcapture.pcap;

import io.podcapture.pcap.filter.NameResolver;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass over a file whose packets go to several outputs. */
final class RoutingRun implements Closeable {
    private final CopyJob job;
    private final PacketCursor cursor;
    private final SelectionCriteria window;
    private final @Nullable NameResolver names;
    private final boolean inner;
    private final List<Route> routes = new ArrayList<>();

    /** An output and what belongs there; the one without a filter takes what no other took. */
    private record Route(boolean rest, FileFilter filter, CopyOutput output, CopyCount count) {}

    RoutingRun(
            CopyJob job, PacketCursor cursor, SelectionCriteria window, @Nullable NameResolver names, boolean inner) {
        this.job = job;
        this.cursor = cursor;
        this.window = window;
        this.names = names;
        this.inner = inner;
    }

    void open(PacketRouting.Branch branch) throws IOException {
        SelectionCriteria criteria = new SelectionCriteria();
        if (branch.expression() != null) {
            criteria.filter(branch.expression());
        }
        if (names != null) {
            criteria.resolver(names);
        }
        if (inner) {
            criteria.inner();
        }
        criteria.check();
        FileFilter filter = FileFilter.of(criteria, cursor);
        CopyOutput output = job.output(cursor, new SectionHeader(), branch.sinks());
        CopyInput input = new CopyInput(cursor, job.input.toString(), output);
        routes.add(new Route(branch.expression() == null, filter, output, new CopyCount(job, cursor, input)));
    }

    void copy() throws IOException {
        Route[] all = routes.toArray(new Route[0]);
        Route first = all[0];
        // Each input has made itself the one that the cursor tells of blocks.
        cursor.blocks(block -> {
            for (Route route : all) {
                route.count.input.block(block);
            }
        });
        long from = window.firstNanos();
        long to = window.lastNanos();
        while (first.count.next()) {
            RecordReader packet = first.count.input.record();
            long time = packet.timestampNanos;
            boolean inWindow = time >= from && time <= to;
            boolean taken = false;
            for (Route route : all) {
                if (route != first) {
                    route.count.moved();
                }
                if (inWindow && (route.rest ? !taken : route.filter.matches(packet))) {
                    route.count.write();
                    taken = true;
                }
            }
        }
        for (Route route : all) {
            route.count.input.moved();
            route.filter.checkAtEnd(cursor.reader());
        }
    }

    RoutingReport finish(boolean withRest) throws IOException {
        // All before the first has its name: who finds one finds all.
        for (Route route : routes) {
            route.output.prepare();
        }
        FirstFailure failure = new FirstFailure();
        for (Route route : routes) {
            failure.commit(route.output);
        }
        failure.rethrow();
        List<SelectionReport> reports = new ArrayList<>();
        for (Route route : routes) {
            reports.add(new SelectionReport(new CopyReport(route.count), route.filter.refusals()));
        }
        return new RoutingReport(reports, withRest);
    }

    @Override
    public void close() throws IOException {
        FirstFailure failure = new FirstFailure();
        for (Route route : routes) {
            failure.close(route.output);
        }
        failure.rethrow();
    }
}
