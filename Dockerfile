# One image for every service; the command says which.
# It is installed from the lock by hash, without a compiler and without root at run time.
FROM python:3.13.15-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/vigil
WORKDIR /src
# The lock first: a change of Vigil's own code does not install all of it again.
COPY requirements.lock ./
RUN /opt/vigil/bin/pip install --only-binary :all: --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY vigil vigil
COPY producers producers
COPY consumers consumers
COPY dashboard dashboard
RUN /opt/vigil/bin/pip install --no-deps --no-build-isolation . \
 && /opt/vigil/bin/pip uninstall --yes pip

FROM python:3.13.15-slim-trixie
RUN useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin vigil
COPY --from=build /opt/vigil /opt/vigil
# The root file system may be read-only: bytecode is there, and only /tmp is written to.
ENV PATH=/opt/vigil/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp VIGIL_DATA=/tmp/vigil
USER 10001
WORKDIR /tmp
ENTRYPOINT ["vigil"]
CMD ["--help"]
