package coworking.analytics.bootstrap;

import io.helidon.common.LazyValue;
import io.helidon.common.mapper.DefaultMapperProvider__ServiceDescriptor;
import io.helidon.common.mapper.MappersFactory__ServiceDescriptor;
import io.helidon.common.types.TypeName;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.Lookup;
import io.helidon.service.registry.RegistryMetrics;
import io.helidon.service.registry.ServiceInfo;
import io.helidon.service.registry.ServiceInstance;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The services that Helidon uses, without a search of all jars for them: docs/adr/0031-no-helidon-discovery.md has the reasons.
 *
 * <p>This service extends Helidon in code only, so a look for all services of a kind finds none. A look for one service makes Helidon's own
 * registry, which is too slow for a start; it has the mappers, which convert the values of headers and queries.
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // The signatures are Helidon's.
final class HelidonServices implements ServiceRegistry {

    private final Supplier<ServiceRegistry> registry = LazyValue.create(() -> ServiceRegistryManager.create(services()).registry());

    private HelidonServices() {}

    /** Makes Helidon use these services and search for no others. To be called before any other use of Helidon. */
    static void register() {
        // Without this, Helidon would search the jars for its list of features and for filters of serialized objects, too.
        System.setProperty("io.helidon.metadata.mode", "none");
        GlobalServiceRegistry.registry(new HelidonServices());
    }

    private static ServiceRegistryConfig services() {
        return ServiceRegistryConfig.builder()
                .discoverServices(false)
                .discoverServicesFromServiceLoader(false)
                .addServiceDescriptor(MappersFactory__ServiceDescriptor.INSTANCE)
                .addServiceDescriptor(DefaultMapperProvider__ServiceDescriptor.INSTANCE)
                .build();
    }

    @Override
    public <T> List<T> all(TypeName contract) {
        return List.of();
    }

    @Override
    public <T> List<T> all(Lookup lookup) {
        return List.of();
    }

    @Override
    public <T> Supplier<List<T>> supplyAll(TypeName contract) {
        return List::of;
    }

    @Override
    public <T> Supplier<List<T>> supplyAll(Lookup lookup) {
        return List::of;
    }

    @Override
    public List<ServiceInfo> allServices(TypeName contract) {
        return List.of();
    }

    @Override
    public List<ServiceInfo> lookupServices(Lookup lookup) {
        return List.of();
    }

    @Override
    public <T> List<ServiceInstance<T>> lookupInstances(Lookup lookup) {
        return List.of();
    }

    @Override
    public <T> T get(TypeName contract) {
        return registry.get().get(contract);
    }

    @Override
    public <T> T get(Lookup lookup) {
        return registry.get().get(lookup);
    }

    @Override
    public <T> Optional<T> get(ServiceInfo service) {
        return registry.get().get(service);
    }

    @Override
    public <T> Optional<T> first(TypeName contract) {
        return registry.get().first(contract);
    }

    @Override
    public <T> Optional<T> first(Lookup lookup) {
        return registry.get().first(lookup);
    }

    @Override
    public <T> Supplier<T> supply(TypeName contract) {
        return registry.get().supply(contract);
    }

    @Override
    public <T> Supplier<T> supply(Lookup lookup) {
        return registry.get().supply(lookup);
    }

    @Override
    public <T> Supplier<Optional<T>> supplyFirst(TypeName contract) {
        return registry.get().supplyFirst(contract);
    }

    @Override
    public <T> Supplier<Optional<T>> supplyFirst(Lookup lookup) {
        return registry.get().supplyFirst(lookup);
    }

    @Override
    public RegistryMetrics metrics() {
        return registry.get().metrics();
    }
}
